package cloud.pxc.proxmox;

import java.io.IOException;

/** What became of one call at one endpoint. */
sealed interface Outcome {

    /** @param reason the reason phrase: all there is where the body is empty */
    record Answered(int status, String reason, byte[] body) implements Outcome {}

    /** Nothing was sent: {@code why} completes "https://host:8006 …". */
    record Unreached(String why, IOException cause) implements Outcome {}

    /** Nothing was sent, because of the certificate. */
    record Untrusted(String why, IOException cause) implements Outcome {}

    /** It was sent, or part of it, and no whole answer came. */
    record Lost(String why, IOException cause) implements Outcome {}
}
