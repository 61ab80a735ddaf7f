package cloud.pxc.admission;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has to be done to answer a review. */
sealed interface Step {

    /** It asks for nothing new. */
    record Admit() implements Step {}

    /** The zones allow it: the ledger says whether the names are free, and keeps them. */
    record Reserve(Set<String> names) implements Step {}

    /** As {@link Reserve}, but nothing may come of it. */
    record LookUp(Set<String> names) implements Step {}

    /**
     * The zones do not allow it, or it is not to be understood, whatever the ledger says.
     *
     * @param names why not, by name
     */
    record Refuse(Map<String, String> names, List<String> problems) implements Step {}
}
