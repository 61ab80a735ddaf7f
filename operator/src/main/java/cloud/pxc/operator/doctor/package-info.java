/**
 * Looks at a Proxmox VE cluster before the operator is let at it: is it reached, is the token's word enough, is all there that
 * machines need; and, when told to, makes a small VM and a container there and takes them away again.
 *
 * <p>An endpoint, a token and names of storages and a bridge come in, findings with their remedies go out. Neither Kubernetes nor
 * the ledger nor Quarkus is needed.
 *
 * <p>The rule kept here: without {@code --exercise} nothing is changed, and with it nothing is touched that was not made by this
 * very run: whatever it makes it has written down before, carries its tag and its name, and is looked at before it is removed.
 */
package cloud.pxc.operator.doctor;
