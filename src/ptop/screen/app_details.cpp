// The screen about one process: opening it, switching its pages, taking what was read.
#include <algorithm>

#include "app.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::app {

void App::open_details(DetailsTab tab) {
  const model::Sample* process = selected_sample();
  if (process == nullptr)
    return report(list_.ended() ? "nothing is selected: it has ended" : "nothing is selected");
  details_ = Details{.wish = {process->process_key(), tab, ascii()}, .name = escaped(process->stat.comm)};
  ports_.details->ask(details_->wish);
}

void App::switch_details(int by) {
  const auto count = static_cast<int>(details_tab_count);
  go_to_details(static_cast<DetailsTab>((static_cast<int>(details_->wish.tab) + by + count) % count));
}

void App::go_to_details(DetailsTab tab) {
  details_->wish.tab = tab;
  details_->page.reset();
  details_->view.top = 0;
  ports_.details->ask(details_->wish);
}

void App::act_on_details(Action action) {
  switch (action) {
    case Action::details_close:
      return details_.reset();
    case Action::next_tab:
      return switch_details(1);
    case Action::previous_tab:
      return switch_details(-1);
    default:
      details_->view.scroll(action);
  }
}

void App::on_details() {
  auto answer = ports_.details->take();
  if (!answer || !details_ || answer->wish != details_->wish) return;
  if (answer->page) {
    details_->page = std::move(*answer->page);
  } else {
    // What was seen last stays: it is what one wants to read when a process has ended.
    details_->trouble =
        answer->page.error().code == Errc::gone ? "it has ended" : describe(answer->page.error());
  }
}

}  // namespace ptop::app
