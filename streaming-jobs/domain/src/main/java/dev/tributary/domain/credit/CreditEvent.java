package dev.tributary.domain.credit;

/**
 * What happens to a debtor's credit. The events carry what the fold reads; company and customer are
 * those of the debtor whose history it is.
 */
public sealed interface CreditEvent
    permits BalanceMoved,
        GoodsShipped,
        GoodsReturned,
        ShipmentInvoiced,
        BillingCancelled,
        CreditLimitSet,
        CollateralPledged,
        DebtorAssessed,
        CustomerReviewed,
        DisputeOpened,
        DisputeResolved {}
