package cloud.pxc.acme;

import java.util.Optional;

/**
 * What a CA gets to know of whoever registers.
 *
 * @param email where the CA writes to about problems; empty for none
 * @param termsAgreed whether the terms of service are agreed to
 * @param externalAccount account made outside of ACME to bind to, where the CA wants one
 */
public record Registration(Optional<String> email, boolean termsAgreed, Optional<ExternalAccount> externalAccount) {}
