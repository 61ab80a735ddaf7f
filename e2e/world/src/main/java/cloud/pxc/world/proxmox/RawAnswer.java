package cloud.pxc.world.proxmox;

import java.nio.charset.StandardCharsets;

/** What goes back over the wire. */
sealed interface RawAnswer {

    /**
     * @param reason the HTTP reason phrase, in which Proxmox VE puts its messages
     * @param contentType empty for an answer without a body
     */
    record Http(int status, String reason, String contentType, byte[] body, boolean close) implements RawAnswer {
        static Http empty(int status, String reason) {
            return new Http(status, reason, "", new byte[0], true);
        }

        static Http plain(int status, String message) {
            return new Http(status, message, "text/plain", (message + "\n").getBytes(StandardCharsets.UTF_8), true);
        }
    }

    /** The connection ends without an answer. */
    record Dropped() implements RawAnswer {}
}
