#include "ptop/trace/shared_processor.hpp"

#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>
#include <unordered_map>

#include "affinity_guard.hpp"
#include "affinity_ledger.hpp"
#include "ptop/base/fd.hpp"

namespace ptop::trace {

class SharedProcessor::Guarded {
 public:
  /// nullptr: no memory, no process, or one processor only.
  static std::unique_ptr<Guarded> make() {
    const auto own = affinity_of(Tid(::gettid()));
    if (!own || CPU_COUNT(&*own) < 2) return nullptr;
    void* const memory =
        ::mmap(nullptr, sizeof(AffinityLedger), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return nullptr;
    auto made = std::unique_ptr<Guarded>(new Guarded(*new (memory) AffinityLedger, *own));
    return made->guard_ ? std::move(made) : nullptr;
  }
  ~Guarded() {
    guard_ = Fd();  // its last look finds nothing to do, or what is left to do
    ::munmap(&ledger, sizeof ledger);
  }
  Guarded(const Guarded&) = delete;
  Guarded& operator=(const Guarded&) = delete;

  void wake_guard() const { (void)!::write(guard_.get(), "s", 1); }

  AffinityLedger& ledger;
  const cpu_set_t own;  ///< of the tracer
  std::unordered_map<Tid, AffinityLedger::Slot> bound;

  /// Not in the ledger: among the relatives of its noted tasks the guard looks for unseen ones, and who is a
  /// child of the tracer need not have its affinity.
  void bind_tracer(int processor) const {
    cpu_set_t alone;
    CPU_ZERO(&alone);
    CPU_SET(static_cast<std::size_t>(processor), &alone);
    ::sched_setaffinity(0, sizeof alone, &alone);
  }
  void free_tracer() const { ::sched_setaffinity(0, sizeof own, &own); }

 private:
  Guarded(AffinityLedger& l, const cpu_set_t& o) : ledger(l), own(o), guard_(start_affinity_guard(l)) {}
  Fd guard_;
};

SharedProcessor::SharedProcessor() = default;
SharedProcessor::~SharedProcessor() { close(); }

bool SharedProcessor::is_shared() const { return guarded_ && guarded_->ledger.is_open(); }

void SharedProcessor::stopped(Tid task, SharingPolicy::Way way, std::uint64_t now_ns) {
  if (!possible_) return;
  if (guarded_) guarded_->ledger.count_stop();
  const bool shared = is_shared();
  if (guarded_ && !shared && !guarded_->bound.empty()) restore_all();  // the guard parted us
  switch (policy_.stopped(task, way, now_ns, shared)) {
    case SharingPolicy::Advice::keep:
      if (!shared || guarded_->bound.contains(task)) return;
      if (const auto slot = guarded_->ledger.bind(task)) guarded_->bound.emplace(task, *slot);
      return;
    case SharingPolicy::Advice::share:
      return share(task);
    case SharingPolicy::Advice::part:
      return part(0);
  }
}

/// The processor is the tracer's: it runs there, and the task is stopped. If the task may not go there, or
/// must not be moved by us, there is nothing to share.
void SharedProcessor::share(Tid task) {
  if (!guarded_) guarded_ = Guarded::make();
  possible_ = guarded_ != nullptr;
  const int processor = ::sched_getcpu();
  if (!possible_ || processor < 0 || processor >= CPU_SETSIZE) return;
  guarded_->ledger.open(processor);
  const auto slot = guarded_->ledger.bind(task);
  if (!slot) return part(SharingPolicy::first_rest);
  guarded_->bound.emplace(task, *slot);
  guarded_->bind_tracer(processor);
  guarded_->wake_guard();
}

void SharedProcessor::restore_all() {
  guarded_->ledger.restore_all();
  guarded_->ledger.forget_all();
  guarded_->bound.clear();
  guarded_->free_tracer();
}

void SharedProcessor::part(unsigned rounds) {
  policy_.rest(rounds);
  if (!guarded_) return;
  guarded_->ledger.close();
  restore_all();
}

void SharedProcessor::close() {
  part(0);
  possible_ = false;
  guarded_.reset();
}

void SharedProcessor::leave(Tid task) {
  if (!guarded_) return;
  const auto found = guarded_->bound.find(task);
  if (found == guarded_->bound.end()) return;
  guarded_->ledger.restore(found->second);
  guarded_->bound.erase(found);
}

void SharedProcessor::born(std::optional<Tid> parent, Tid child) {
  if (!guarded_) return;
  if (const auto found = parent ? guarded_->bound.find(*parent) : guarded_->bound.end();
      found != guarded_->bound.end() && is_shared()) {
    if (const auto slot = guarded_->ledger.add_like(found->second, child)) {
      guarded_->bound.emplace(child, *slot);
      return;
    }
  }
  // The parent may have been bound when it made the child, and is not any more.
  const bool parent_is_bound = parent && guarded_->bound.contains(*parent);
  const auto parents = parent && !parent_is_bound ? affinity_of(*parent) : std::nullopt;
  guarded_->ledger.release(child, parents.value_or(guarded_->own));
}

void SharedProcessor::ended(Tid task) {
  policy_.ended(task);
  if (!guarded_) return;
  const auto found = guarded_->bound.find(task);
  if (found == guarded_->bound.end()) return;
  guarded_->ledger.forget(found->second);
  guarded_->bound.erase(found);
}

void SharedProcessor::renamed(Tid from, Tid to) {
  if (!guarded_) return;
  ended(to);
  const auto found = guarded_->bound.find(from);
  if (found == guarded_->bound.end()) return;
  guarded_->ledger.rename(found->second, to);
  guarded_->bound.emplace(to, found->second);
  guarded_->bound.erase(from);
}

}  // namespace ptop::trace
