package cloud.pxc.operator.machine;

import java.util.Optional;

/** Whether a guest is to go to another node. */
sealed interface Move {

    /** Nothing asks for it. */
    record None() implements Move {}

    /**
     * It is where it was asked to be, which is noted so that it isn't brought back when it goes elsewhere later.
     *
     * @param asked empty: nothing asks any more
     */
    record Done(Optional<String> asked) implements Move {}

    record To(String node) implements Move {}

    /** Its node is drained, and others leave it first. */
    record Queued() implements Move {}

    /** @param why as the end of a sentence about the guest */
    record Refused(String why) implements Move {}

    /** Whether something is to be done to the guest, so that it has to be looked at. */
    default boolean acts() {
        return this instanceof Done || this instanceof To;
    }
}
