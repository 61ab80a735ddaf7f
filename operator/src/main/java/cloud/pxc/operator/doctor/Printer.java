package cloud.pxc.operator.doctor;

/** Where everything is told, in the order in which it is found. */
interface Printer {

    void finding(Finding finding);

    void step(Step step);

    /** The last word. */
    void end(Result result);
}
