package cloud.pxc.world.proxmox;

/** What a running task may do: write its log and let the time pass that such a task takes. */
interface TaskLog {
    /** One line of the task's log. */
    void line(String text);

    /** Lets the configured duration of this type of task pass; fails here when a fault says so. */
    void work() throws InterruptedException;
}
