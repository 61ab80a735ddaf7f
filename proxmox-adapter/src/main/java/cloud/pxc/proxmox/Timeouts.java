package cloud.pxc.proxmox;

import java.time.Duration;

/**
 * How long is waited for what.
 *
 * @param connect for an endpoint to accept a connection; what one dead endpoint costs
 * @param answer between two bytes of an answer. pveproxy itself gives up after 30 s (596) and locks are waited for 10 s, so that
 *     less than 30 s makes outcomes unknown that need not be
 * @param avoid how long an endpoint that was not reached is asked only when no other answers
 */
public record Timeouts(Duration connect, Duration answer, Duration avoid) {

    public static final Timeouts USUAL =
            new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(30));
}
