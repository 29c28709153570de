#include "tools/report/cited_input.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cassert>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "models/sourced.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// One step of a path: a field, and the element where it is a list.
struct Step {
  std::string field;
  std::string key;  ///< Name or index; empty: no list.
};

/// Takes the first step off `path`.
Step take_step(std::string& path) {
  Step step;
  auto end = path.find_first_of(".[");
  step.field = path.substr(0, end);
  if (end != std::string::npos && path[end] == '[') {
    const auto close = path.find(']', end);
    step.key = path.substr(end + 1, close == std::string::npos ? close : close - end - 1);
    end = close == std::string::npos ? close : path.find('.', close);
  }
  path = end == std::string::npos ? "" : path.substr(end + 1);
  return step;
}

bool has_name(const Message& element, const std::string& name) {
  const auto* field = element.GetDescriptor()->FindFieldByName("name");
  return field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
         element.GetReflection()->GetString(element, field) == name;
}

/// The element of a list by its name or, where it has none, by its index.
const Message* element_of(const Message& parent, const FieldDescriptor& list,
                          const std::string& key) {
  const auto& reflection = *parent.GetReflection();
  const int size = reflection.FieldSize(parent, &list);
  for (int i = 0; i < size; ++i) {
    const auto& element = reflection.GetRepeatedMessage(parent, &list, i);
    if (has_name(element, key)) return &element;
  }
  int index = -1;
  std::from_chars(key.data(), key.data() + key.size(), index);
  const bool inside = index >= 0 && index < size;
  return inside ? &reflection.GetRepeatedMessage(parent, &list, index) : nullptr;
}

const Message* follow(const Message& parent, const Step& step) {
  const auto* field = parent.GetDescriptor()->FindFieldByName(step.field);
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return nullptr;
  if (field->is_repeated()) return element_of(parent, *field, step.key);
  const auto& reflection = *parent.GetReflection();
  return reflection.HasField(parent, field) ? &reflection.GetMessage(parent, field) : nullptr;
}

Confidence confidence_of(const pb::Sourced& input) {
  switch (input.confidence()) {
    case pb::OFFICIAL:
      return Confidence::Official;
    case pb::REPORTED:
      return Confidence::Reported;
    case pb::ESTIMATED:
      return Confidence::Estimated;
    default:
      return Confidence::Memory;
  }
}

}  // namespace

const pb::Sourced* input_at(const pb::Scenario& scenario, const std::string& path) {
  const Message* at = &scenario;
  std::string rest = path;
  while (at != nullptr && !rest.empty()) at = follow(*at, take_step(rest));
  if (at == nullptr || at->GetDescriptor() != pb::Sourced::descriptor()) return nullptr;
  return static_cast<const pb::Sourced*>(at);
}

std::string least_certain_path(const std::set<std::string>& paths, const pb::Scenario& scenario) {
  std::vector<Input> inputs;
  std::vector<InputId> candidates;
  for (const auto& path : paths) {
    const auto* found = input_at(scenario, path);
    if (found == nullptr) continue;
    Input input;
    input.path = path;
    input.value = found->value();
    if (found->has_low() && found->has_high()) {
      input.low = found->low();
      input.high = found->high();
    }
    input.confidence = confidence_of(*found);
    candidates.push_back(InputId{static_cast<std::uint32_t>(inputs.size())});
    inputs.push_back(std::move(input));
  }
  const auto least = least_certain(candidates, inputs);
  return least ? inputs[least->value].path : "";
}

std::string in_words(const pb::Sourced& input) {
  std::string confidence = pb::Confidence_Name(input.confidence());
  for (char& c : confidence) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::string text = format_value(input.value());
  text += ", " + confidence;
  if (!input.source().empty()) text += ", from " + input.source();
  if (input.has_low() && input.has_high()) {
    text += ", " + format_value(input.low()) + " .. " + format_value(input.high());
  }
  return text;
}

}  // namespace chokepoint
