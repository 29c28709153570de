#include "sim/scenario/compose/explain.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "chokepoint/v1/sourced.pb.h"
#include "sim/scenario/compose/edits.hpp"
#include "sim/scenario/text/one_line.hpp"
#include "sim/scenario/text/origins.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

std::string figure_text(const pb::Sourced& figure) {
  if (!figure.has_low() || !figure.has_high()) return phrase(figure.value());
  return concat(figure.value(), " (", figure.low(), " .. ", figure.high(), ")");
}

class Explainer {
public:
  explicit Explainer(const Composed& composed) : origins_(composed.origins) {
    for (const auto& change : composed.changes) changes_.emplace(change.path, change.before);
  }

  void explain(const Message& message, const std::string& group, const std::string& path);
  std::vector<ExplainedValue> take() { return std::move(values_); }

private:
  void explain_field(const Message& message, const FieldDescriptor& field, const std::string& group,
                     const std::string& path);
  void explain_elements(const Message& message, const FieldDescriptor& field,
                        const std::string& group, const std::string& path);
  void add_figure(const pb::Sourced& figure, ExplainedValue value, const std::string& path);
  std::optional<std::string> before(const std::string& path) const;

  const Origins& origins_;
  std::map<std::string, std::string> changes_;
  std::vector<ExplainedValue> values_;
};

// What the change at `path`, or the addition of something around it, found there.
std::optional<std::string> Explainer::before(const std::string& path) const {
  const auto change = changes_.find(path);
  if (change != changes_.end()) return change->second;
  for (std::string around = parent_path(path); !around.empty(); around = parent_path(around)) {
    const auto addition = changes_.find(around);
    if (addition != changes_.end() && addition->second.empty()) return "";
  }
  return std::nullopt;
}

// Lists come behind the fields that stand beside them, so that a group stays together.
void Explainer::explain(const Message& message, const std::string& group, const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::ranges::stable_partition(fields,
                                [](const FieldDescriptor* field) { return !is_keyed(*field); });
  for (const auto* field : fields) explain_field(message, *field, group, path);
}

void Explainer::explain_field(const Message& message, const FieldDescriptor& field,
                              const std::string& group, const std::string& path) {
  const std::string inner = join_path(path, field.name());
  const bool block = field.message_type() != nullptr && !is_replaced_whole(*field.message_type());
  if (block && field.is_repeated()) return explain_elements(message, field, group, inner);
  if (block) return explain(message.GetReflection()->GetMessage(message, &field), group, inner);

  ExplainedValue value;
  value.group = group;
  value.field = group.empty() ? inner : inner.substr(group.size() + 1);
  value.value = one_line(message, field);
  value.before = before(inner);
  value.where = origin_of(origins_, field.is_repeated() ? element_path(inner, "0") : inner);
  if (!field.is_repeated() && field.message_type() != nullptr) {
    const Message& content = message.GetReflection()->GetMessage(message, &field);
    if (const auto* figure = dynamic_cast<const pb::Sourced*>(&content)) {
      return add_figure(*figure, std::move(value), inner);
    }
    if (const auto* fact = dynamic_cast<const pb::SourcedText*>(&content)) {
      value.value = fact->text();
      value.source = fact->source();
      value.confidence = pb::Confidence_Name(fact->confidence());
    }
  }
  values_.push_back(std::move(value));
}

void Explainer::add_figure(const pb::Sourced& figure, ExplainedValue value,
                           const std::string& path) {
  value.value = figure_text(figure);
  value.source = figure.source();
  value.confidence = pb::Confidence_Name(figure.confidence());
  value.is_figure = true;
  value.has_range = figure.has_low() && figure.has_high();
  value.where = origin_of(origins_, path + ".value");
  if (!value.before) value.before = before(path + ".value");
  values_.push_back(std::move(value));
}

void Explainer::explain_elements(const Message& message, const FieldDescriptor& field,
                                 const std::string& group, const std::string& path) {
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
    const std::string element = element_path(path, key_of(message, field, i));
    explain(reflection->GetRepeatedMessage(message, &field, i), is_keyed(field) ? element : group,
            element);
  }
}

}  // namespace

std::vector<ExplainedValue> explain(const Composed& composed) {
  Explainer explainer(composed);
  explainer.explain(composed.scenario, "", "");
  return explainer.take();
}

bool lies_in(const std::string& path, const std::string& prefix) {
  if (path.compare(0, prefix.size(), prefix) != 0) return false;
  return path.size() == prefix.size() || path[prefix.size()] == '.' || path[prefix.size()] == '[';
}

std::vector<ExplainedValue> uncertain(const std::vector<ExplainedValue>& values) {
  const std::string recalled = pb::Confidence_Name(pb::MEMORY);
  const std::string estimated = pb::Confidence_Name(pb::ESTIMATED);
  std::vector<ExplainedValue> chosen;
  std::ranges::copy_if(values, std::back_inserter(chosen), [&](const ExplainedValue& value) {
    return value.is_figure && !value.has_range &&
           (value.confidence == recalled || value.confidence == estimated);
  });
  std::ranges::stable_partition(
      chosen, [&](const ExplainedValue& value) { return value.confidence == recalled; });
  return chosen;
}

}  // namespace chokepoint
