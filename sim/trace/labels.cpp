#include "sim/trace/labels.hpp"

#include <charconv>
#include <cmath>
#include <variant>

#include "sim/trace/fields.hpp"

namespace chokepoint {
namespace {

constexpr double kFewDigits = 1e15;  // Below it every whole number is a double.
constexpr std::array<std::string_view, 9> kVerdictNames = {
    "free",     "granted",      "notified",        "discouraged", "presumed approval",
    "informed", "case by case", "presumed denial", "prohibited"};

template <class Number>
void append_number(std::string& text, Number value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text.append(digits.data(), end);
}

}  // namespace

void assign_label(const TraceEvent& event, const World& world, Label& label) {
  label.shared = kSharedLabels.size();
  label.text.clear();
  std::visit(
      [&]<class Event>(const Event& in) {
        kListing<Event>.label(in, Labeler{world, label});
      },
      event);
}

void append_count(std::string& text, double value) {
  if (!(std::abs(value) < kFewDigits)) return append_number(text, value);
  const std::size_t begin = text.size();
  append_number(text, std::llround(value));
  const std::size_t first_digit = text[begin] == '-' ? begin + 1 : begin;
  for (std::size_t at = text.size(); at > first_digit + 3;) text.insert(at -= 3, 1, ',');
}

const Labeler& Labeler::text(std::string_view part) const {
  label.text += part;
  return *this;
}

const Labeler& Labeler::count(double value) const {
  append_count(label.text, value);
  return *this;
}

const Labeler& Labeler::number(int value) const {
  append_number(label.text, value);
  return *this;
}

const Labeler& Labeler::verdict(Verdict verdict) const {
  return text(kVerdictNames[static_cast<std::size_t>(verdict)]);
}

const Labeler& Labeler::packages(double units, DeviceId device) const {
  return count(units).text(" ").name(device);
}

}  // namespace chokepoint
