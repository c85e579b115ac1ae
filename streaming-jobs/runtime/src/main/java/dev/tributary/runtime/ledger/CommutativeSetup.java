package dev.tributary.runtime.ledger;

import dev.tributary.domain.CommutativeFold;
import dev.tributary.domain.Measures;
import java.io.Serializable;

/** What the commutative ledger's operators need to know of a fold, in a form that travels. */
public interface CommutativeSetup<E, A, M extends Measures<M>> extends Serializable {

  CommutativeFold<E, A, M> fold();

  Class<E> event();

  Class<A> address();

  Class<M> measures();
}
