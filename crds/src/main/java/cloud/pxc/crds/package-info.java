/**
 * What people write: the kinds of the group pxc.cloud, one package each, and the few types they share.
 *
 * <p>Specs come in from people and GitOps, statuses go out from the operator; both are records, and the CustomResourceDefinitions in the
 * chart are generated from them.
 *
 * <p>The rule kept here: whatever one object can be checked by stands in its schema, so that {@code kubectl apply --dry-run=server} refuses
 * it with a message that names the remedy. There is no other logic.
 */
package cloud.pxc.crds;
