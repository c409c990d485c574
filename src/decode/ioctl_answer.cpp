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

/// As the kernel had it: of a number, or of one that has words.
std::uint64_t number_of(const Decoded& value) {
  if (const auto* number = std::get_if<Unsigned>(&value.what)) return number->value;
  if (const auto* number = std::get_if<Signed>(&value.what)) return static_cast<std::uint64_t>(number->value);
  if (const auto* word = std::get_if<Word>(&value.what)) return word->value;
  return 0;
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
  const Decoded answer = only(context, *now, request.answered);
  if (std::get<Record>(answer.what).fields.empty()) return *context.before();
  return make_changed(context.arena(), *context.before(), answer);
}

Decoded show_adjusted(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() == nullptr) return ask(context, request, address, Timing::at_exit);
  const auto* const asked = std::get_if<Record>(&context.before()->what);
  const auto now = read_structure(context, *request.layout, address);
  if (!now || asked == nullptr) return *context.before();
  std::string_view answered = request.answered;
  const std::string_view adjusted = take_name(answered);
  RecordBuilder record(context.arena(), asked->fields.size() + count_names(answered));
  for (const Field& field : asked->fields) {
    const bool changed = field.name == adjusted && number_of(*field.value) != now->value(adjusted);
    if (changed) {
      const Decoded after = *std::get<Record>(only(context, *now, adjusted).what).fields.front().value;
      record.add(field.name, make_changed(context.arena(), *field.value, after));
    } else {
      record.add(field.name, *field.value);
    }
  }
  const bool more = add_members(record, context, *now, answered);
  return record.done(more);
}

}  // namespace ptop::decode
