package cloud.pxc.operator.certificate;

import cloud.pxc.acme.RenewalWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;

/** How long before its end a certificate is renewed. */
sealed interface RenewBefore {

    /** A part of its whole life, 1 to 99. */
    record Percent(int percent) implements RenewBefore {}

    /** A time. */
    record Time(Duration duration) implements RenewBefore {}

    /** How far renewals of certificates issued together are spread, as a part of the time before the end. */
    double SPREAD = 0.1;

    /** Reads {@code 33%}, {@code 720h}, {@code 30m} or {@code 10s}, as the CRD's pattern has it. */
    static RenewBefore parse(String text) {
        var number = Integer.parseInt(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case '%' -> new Percent(number);
            case 'h' -> new Time(Duration.ofHours(number));
            case 'm' -> new Time(Duration.ofMinutes(number));
            case 's' -> new Time(Duration.ofSeconds(number));
            default -> throw new IllegalArgumentException("renewal.before is a percentage or a time, not " + text);
        };
    }

    /**
     * When a certificate of that life is renewed: within the CA's window where it gives one (RFC 9773), else that long before
     * the end. Spread by the serial number, so that it stays the same however often it is asked.
     */
    default Instant renewalTime(Instant notBefore, Instant notAfter, String serial, Optional<RenewalWindow> window) {
        var share = share(serial);
        if (window.isPresent()) {
            var length = Duration.between(window.get().start(), window.get().end());
            return window.get().start().plusMillis((long) (length.toMillis() * share));
        }
        var life = Duration.between(notBefore, notAfter);
        var before =
                switch (this) {
                    case Percent(int percent) -> life.multipliedBy(percent).dividedBy(100);
                    case Time(Duration duration) -> duration.compareTo(life) < 0 ? duration : life.dividedBy(2);
                };
        return notAfter.minus(before).plusMillis((long) (before.toMillis() * SPREAD * share));
    }

    private static double share(String serial) {
        var checksum = new CRC32();
        checksum.update(serial.getBytes(StandardCharsets.US_ASCII));
        return (checksum.getValue() % 1000) / 1000.0;
    }
}
