package dev.tributary.domain.attribution;

/** What can be a goal. */
public enum ConversionKind {
  /** The customer was registered. */
  REGISTRATION(false),
  /** Goods or services were sold. */
  SALE(true),
  /** A deposit was paid. */
  DEPOSIT(true),
  /** A contract was signed. */
  CONTRACT(true),
  /** An invoice was issued. */
  INVOICE(true),
  /** Money was received. */
  PAYMENT(true);

  private final boolean carriesValue;

  ConversionKind(boolean carriesValue) {
    this.carriesValue = carriesValue;
  }

  /** Whether events of this kind say what they are worth. */
  public boolean carriesValue() {
    return carriesValue;
  }
}
