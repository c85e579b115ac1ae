package dev.tributary.domain.receivables;

/**
 * What happens on a debtor's account. The events carry what the fold reads; company and customer
 * are those of the {@link Debtor} whose history it is, because a merge changes them and not the
 * event.
 */
public sealed interface ReceivablesEvent
    permits InvoiceIssued,
        InvoiceCancelled,
        CreditNoteIssued,
        ReceivableWrittenOff,
        BalanceAdjusted,
        PaymentReceived,
        PaymentReversed,
        CustomerRefunded {}
