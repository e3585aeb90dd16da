package platform.core.rest;

import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** A framework of which one bundle runs, and one, which has no symbolic name, does not. */
final class FakeFramework {

    Bundle[] getBundles() {
        return new Bundle[] {
            Fake.of(Bundle.class, new FakeBundle(0, "org.apache.felix.framework", Bundle.ACTIVE)),
            Fake.of(Bundle.class, new FakeBundle(7, null, Bundle.INSTALLED))
        };
    }

    private record FakeBundle(long getBundleId, String getSymbolicName, int getState) {

        Version getVersion() {
            return new Version(7, 0, 5);
        }

        String getLocation() {
            return "file:bundle.jar";
        }
    }
}
