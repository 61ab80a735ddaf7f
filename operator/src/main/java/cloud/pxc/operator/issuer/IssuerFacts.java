package cloud.pxc.operator.issuer;

import cloud.pxc.acme.AccountState;
import cloud.pxc.acme.Directory;
import cloud.pxc.acme.ExternalAccount;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an issuer.
 *
 * @param problems what is wrong with the Secrets that the spec names, all of it; the rest is empty then
 * @param externalAccount the account the spec wants to be bound to
 * @param keyPresent whether there is an account key
 * @param directory what the CA says of itself
 * @param account the account of that key
 */
record IssuerFacts(
        List<String> problems,
        Optional<ExternalAccount> externalAccount,
        boolean keyPresent,
        Optional<Directory> directory,
        Optional<AccountState> account) {

    static IssuerFacts broken(List<String> problems) {
        return new IssuerFacts(problems, Optional.empty(), false, Optional.empty(), Optional.empty());
    }
}
