package cloud.pxc.admission;

import java.util.List;

/** The answer to a review. */
sealed interface Decision {

    record Allow() implements Decision {}

    /** @param reasons a sentence for each name that can't be had, with what to do */
    record Deny(List<String> reasons) implements Decision {

        public Deny {
            reasons = List.copyOf(reasons);
        }

        String message() {
            return String.join("\n", reasons);
        }
    }
}
