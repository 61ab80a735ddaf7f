package cloud.pxc.operator.certificate;

import cloud.pxc.acme.AcmeException;
import cloud.pxc.acme.CertificateChain;
import cloud.pxc.acme.RenewalWindow;
import cloud.pxc.operator.issuer.Accounts;
import cloud.pxc.operator.issuer.IssuerView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/** What CAs suggest for the renewal of certificates (RFC 9773), asked as seldom as they want. */
@ApplicationScoped
class RenewalAdvice {

    private static final Logger LOG = Logger.getLogger(RenewalAdvice.class);

    /** What the CA said last, and when it may be asked again. */
    private record Heard(Optional<RenewalWindow> window, Instant askAgain) {}

    private final Accounts accounts;
    private final CertificateSettings settings;
    private final Clock clock;
    private final ConcurrentMap<String, Heard> heard = new ConcurrentHashMap<>();

    RenewalAdvice(Accounts accounts, CertificateSettings settings, Clock clock) {
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /** The window the CA suggests; without one, or without the CA, the certificate is renewed by the spec's own rule. */
    Optional<RenewalWindow> window(HeldSecret.Pair pair) {
        var now = clock.instant();
        return heard.compute(
                        pair.chain().serial(),
                        (serial, before) -> before != null && now.isBefore(before.askAgain())
                                ? before
                                : ask(pair, now, Optional.ofNullable(before)))
                .window();
    }

    /** When the CA is asked again about this certificate. */
    Optional<Instant> askAgain(CertificateChain chain) {
        return Optional.ofNullable(heard.get(chain.serial())).map(Heard::askAgain);
    }

    /** Forgets about a certificate that is not used any more. */
    void forget(CertificateChain chain) {
        heard.remove(chain.serial());
    }

    private Heard ask(HeldSecret.Pair pair, Instant now, Optional<Heard> before) {
        var usual = now.plus(settings.renewalAdvice());
        if (!(accounts.view(pair.issuer()) instanceof IssuerView.Usable usable)) {
            return new Heard(before.flatMap(Heard::window), usual);
        }
        try {
            var window = usable.account().renewalWindow(pair.chain());
            return new Heard(
                    window,
                    window.flatMap(RenewalWindow::askAgain)
                            .filter(now::isBefore)
                            .orElse(usual));
        } catch (AcmeException e) {
            LOG.infof(
                    "issuer=%s serial=%s renewalAdvice=none why=%s",
                    pair.issuer(), pair.chain().serial(), e.getMessage());
            return new Heard(before.flatMap(Heard::window), usual);
        }
    }
}
