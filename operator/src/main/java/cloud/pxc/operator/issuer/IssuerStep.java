package cloud.pxc.operator.issuer;

import cloud.pxc.acme.AccountState;
import cloud.pxc.acme.Directory;
import cloud.pxc.acme.Registration;
import cloud.pxc.operator.status.Verdict;

/** What has to be done next for an issuer. */
sealed interface IssuerStep {

    /** Make the account key and keep it. */
    record CreateKey() implements IssuerStep {}

    /** Register the key's account. */
    record Register(Registration registration) implements IssuerStep {}

    /** Have the CA write to another address. */
    record UpdateEmail(String email) implements IssuerStep {}

    /** Nothing: the account may order. */
    record Settled(AccountState account, Directory directory) implements IssuerStep {}

    /** Nothing, until a person has changed something. */
    record Refuse(Verdict verdict) implements IssuerStep {}
}
