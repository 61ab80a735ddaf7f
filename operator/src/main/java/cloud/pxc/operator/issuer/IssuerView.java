package cloud.pxc.operator.issuer;

import cloud.pxc.acme.AcmeAccount;
import cloud.pxc.crds.issuer.Limits;
import java.util.Optional;

/** An issuer as certificates see it. */
public sealed interface IssuerView {

    /**
     * Orders can be placed.
     *
     * @param profile profile to order by
     * @param preferredChain common name of the root whose chain is wanted
     * @param limits how hard the CA may be asked
     */
    record Usable(
            AcmeAccount account, Optional<String> profile, Optional<String> preferredChain, Optional<Limits> limits)
            implements IssuerView {}

    /** Orders can't be placed; the message says why. */
    record Unusable(String message) implements IssuerView {}
}
