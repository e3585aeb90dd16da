package platform.core.rest;

/** How a {@link Task} goes. */
enum TaskState {
    RUNNING,
    DONE,
    FAILED
}
