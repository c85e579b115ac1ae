-- Of the currencies whose minor unit is not a hundredth.
select m.currency, m.minor_unit
from (values
    ('BIF', 1000000), ('CLP', 1000000), ('DJF', 1000000), ('GNF', 1000000), ('ISK', 1000000), ('JPY', 1000000), ('KMF', 1000000),
    ('KRW', 1000000), ('PYG', 1000000), ('RWF', 1000000), ('UGX', 1000000), ('UYI', 1000000), ('VND', 1000000), ('VUV', 1000000),
    ('XAF', 1000000), ('XOF', 1000000), ('XPF', 1000000),
    ('BHD', 1000), ('IQD', 1000), ('JOD', 1000), ('KWD', 1000), ('LYD', 1000), ('OMR', 1000), ('TND', 1000), ('CLF', 100), ('UYW', 100)
) as m (currency, minor_unit)
