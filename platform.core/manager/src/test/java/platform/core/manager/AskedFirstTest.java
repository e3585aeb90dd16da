package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AskedFirstTest {

    @Test
    void whoIsAskedForComesNext() {
        Set<String> asked = new HashSet<>();
        Iterator<String> order = new AskedFirst<>(List.of("a", "b", "c", "d"), asked::contains).iterator();
        assertThat(order.next()).isEqualTo("a");
        asked.add("d");
        assertThat(order.next()).isEqualTo("d");
        assertThat(order.next()).isEqualTo("b");
        assertThat(order.next()).isEqualTo("c");
        assertThat(order.hasNext()).isFalse();
        assertThatThrownBy(order::next).isInstanceOf(NoSuchElementException.class);
    }
}
