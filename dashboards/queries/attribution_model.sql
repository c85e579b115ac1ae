-- Models that share conversions out.
select m.model
from (values ('first'), ('last'), ('last_non_direct'), ('first_paid'), ('last_paid'), ('linear'), ('position'), ('time_decay'), ('w_shape'), ('markov'), ('shapley')) as m (model)
