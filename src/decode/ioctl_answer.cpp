// ioctl requests whose structure is question and answer: which members the kernel reads, and which it writes.
#include "ioctl.hpp"

namespace ptop::decode {
namespace {

std::size_t count_names(std::string_view names) {
  return names.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(names, ' ')) + 1;
}

Decoded only(Context& context, const Instance& now, std::string_view names) {
  RecordBuilder record(context.arena(), count_names(names));
  const bool more = add_members(record, context, now, names);
  return record.done(more);
}

Decoded ask(Context& context, const IoctlRequest& request, std::uint64_t address, Timing timing) {
  const auto now = read_structure(context, *request.layout, address);
  if (!now) return make_unread(address);
  context.set_timing(timing);
  return only(context, *now, request.asked);
}

}  // namespace

Decoded make_answered(Context& context, const Instance& now, std::string_view answered) {
  const auto* const asked = std::get_if<Record>(&context.before()->what);
  if (asked == nullptr) return *context.before();
  RecordBuilder record(context.arena(), asked->fields.size() + count_names(answered));
  for (const Field& field : asked->fields) record.add(field.name, *field.value, field.naming);
  const bool more = add_members(record, context, now, answered);
  return record.done(more || asked->more);
}

Decoded show_answered(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() == nullptr) return ask(context, request, address, Timing::at_exit);
  const auto now = read_structure(context, *request.layout, address);
  return now ? make_answered(context, *now, request.answered) : *context.before();
}

Decoded show_exchanged(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() == nullptr) return ask(context, request, address, Timing::grows);
  const auto now = read_structure(context, *request.layout, address);
  if (!now || !std::holds_alternative<Record>(context.before()->what)) return *context.before();
  return make_changed(context.arena(), *context.before(), only(context, *now, request.answered));
}

}  // namespace ptop::decode
