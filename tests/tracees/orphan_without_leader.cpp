// A process goes on after its first thread has ended, and is adopted then.
#include <pthread.h>
#include <sys/prctl.h>

#include "tracee.hpp"

namespace {

pid_t self;
Handshake* release;

void* go_on(void*) {
  release->only_wait();
  release->wait();
  require(::getppid() == self, "adopted by the subreaper");
  ::exit(6);
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  Handshake go;
  release = &go;
  const pid_t parent = fork_child([] {
    const pid_t orphan = ::fork();
    if (orphan == 0) {
      pthread_t thread;
      require(pthread_create(&thread, nullptr, go_on, nullptr) == 0, "pthread_create");
      pthread_exit(nullptr);
    }
    expect("%d fork %d", ::getpid(), orphan);
    wait_for_state(orphan, 'Z');
    expect("%d reparent %d %d", orphan, ::getpid(), self);
    expect("%d exit 6", orphan);
    expect("%d reaped waited %d", orphan, self);
    return 5;
  });
  wait_for(parent);
  expect("%d reaped waited %d", parent, self);
  go.go();
  int status = 0;
  require(::wait(&status) > 0 && WEXITSTATUS(status) == 6, "the orphan");
  succeed();
}
