package cloud.pxc.crds.machine;

/** Whether a machine is to run. */
public enum PowerState {
    /** It is started, and started again when it stops by itself or by hand. */
    Running,
    /** It is shut down and stays so. */
    Stopped
}
