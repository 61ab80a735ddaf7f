/**
 * The operator's shell: settings, leader election and what every reconciler shares.
 *
 * <p>Objects flow in from the management cluster's API server, calls flow out through the adapters, and status flows back.
 * Each kind has a package of its own below this one, in one form: observe, plan (pure), execute, report.
 *
 * <p>The rule kept here: nothing acts on the outside world unless this process leads.
 */
package cloud.pxc.operator;
