/**
 * How every kind tells what became of it.
 *
 * <p>A {@link cloud.pxc.operator.status.Verdict} comes in from a reconciler, the conditions of the object come out:
 * {@code Ready}, and the abnormal {@code Reconciling} and {@code Stalled} which are there only while they are true.
 *
 * <p>The rule kept here: a condition's transition time moves only when its status does, so that an unchanged state writes nothing.
 */
package cloud.pxc.operator.status;
