package cloud.pxc.e2e;

import java.time.Duration;

/** Is told of each part that has come up. */
@FunctionalInterface
interface Progress {

    Progress SILENT = (part, took, where) -> {};

    /** @param where it is to be found */
    void started(String part, Duration took, String where);
}
