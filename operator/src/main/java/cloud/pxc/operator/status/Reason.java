package cloud.pxc.operator.status;

/**
 * Why a condition is what it is: a CamelCase word that a person can search for. Each kind has an enum of its reasons, whose
 * constants are spelled as they are shown.
 */
public interface Reason {

    /** The word as it stands in the condition, for example {@code NameHeld}. */
    String name();
}
