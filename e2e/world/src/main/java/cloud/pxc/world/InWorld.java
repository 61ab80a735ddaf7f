package cloud.pxc.world;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * JUnit extension that hands a {@link World} to tests: {@code @ExtendWith(InWorld.class)} and a parameter of that type. All
 * tests of a JVM share it; it is closed after the last one.
 */
public final class InWorld implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(InWorld.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, unknown -> new Shared(new World()), Shared.class)
                .world();
    }

    private record Shared(World world) implements AutoCloseable {

        @Override
        public void close() {
            world.close();
        }
    }
}
