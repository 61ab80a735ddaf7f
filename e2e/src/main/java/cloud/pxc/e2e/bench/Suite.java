package cloud.pxc.e2e.bench;

import java.util.List;

/** Measures one thing, from several sides perhaps. */
@FunctionalInterface
public interface Suite {
    List<Figure> run(Stage stage);
}
