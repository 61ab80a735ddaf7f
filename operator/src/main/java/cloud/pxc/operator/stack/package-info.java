/**
 * Stacks: machines that are deployed together, under a name of their own in the cloud domain.
 *
 * <p>Stacks come in, Machines go out, one for each replica of each set; what becomes of them is counted in the Stack's status.
 *
 * <p>The rule kept here: a machine that exists keeps its identity; a change of its set changes it, and never makes another one.
 */
package cloud.pxc.operator.stack;
