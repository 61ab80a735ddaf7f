package cloud.pxc.crds.machine;

/** What is done when a guest was removed past the operator. */
public enum GuestMissingPolicy {
    /** Its Machine says so and waits for a person: its data is gone. */
    Stall,
    /** It is made anew, with the same name and addresses and empty disks. */
    Recreate
}
