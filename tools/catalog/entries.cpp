#include "tools/catalog/entries.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor& list_of(const std::string& kind) {
  const auto* field = chokepoint::v1::Scenario::descriptor()->FindFieldByName(kind);
  assert(field != nullptr && field->is_repeated());
  return *field;
}

std::string name_of(const Message& element) {
  const auto* field = element.GetDescriptor()->FindFieldByName("name");
  return element.GetReflection()->GetString(element, field);
}

}  // namespace

const std::vector<std::string>& catalog_kinds() {
  static const std::vector<std::string> kinds = {"devices", "nodes",   "stacks", "transformers",
                                                 "priors",  "sources", "orgs"};
  return kinds;
}

std::optional<std::string> catalog_kind(const std::string& word) {
  for (const auto& kind : catalog_kinds()) {
    if (word == kind || word + "s" == kind) return kind;
  }
  return std::nullopt;
}

std::vector<std::string> entry_names(const Catalog& catalog, const std::string& kind) {
  const auto& field = list_of(kind);
  const auto* reflection = catalog.written.GetReflection();
  const int size = reflection->FieldSize(catalog.written, &field);
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) {
    names.push_back(name_of(reflection->GetRepeatedMessage(catalog.written, &field, i)));
  }
  return names;
}

const Message& entry(const Catalog& catalog, const std::string& kind, const std::string& name) {
  const auto names = entry_names(catalog, kind);
  const auto at = std::ranges::find(names, name);
  assert(at != names.end());
  return catalog.written.GetReflection()->GetRepeatedMessage(catalog.written, &list_of(kind),
                                                             static_cast<int>(at - names.begin()));
}

void visit_sourced(const Message& message, const SourceVisitor& visit, const std::string& path) {
  if (message.GetDescriptor()->FindFieldByName("source") != nullptr) visit(message, path);
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->message_type() == nullptr) continue;
    const std::string below = path.empty() ? field->name() : path + "." + field->name();
    if (!field->is_repeated()) {
      visit_sourced(reflection->GetMessage(message, field), visit, below);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const auto& element = reflection->GetRepeatedMessage(message, field, i);
      const bool has_name = element.GetDescriptor()->FindFieldByName("name") != nullptr;
      visit_sourced(element, visit,
                    below + "[" + (has_name ? name_of(element) : std::to_string(i)) + "]");
    }
  }
}

std::map<std::string, int> values_by_source(const chokepoint::v1::Scenario& written) {
  std::map<std::string, int> counts;
  visit_sourced(written, [&](const Message& value, const std::string&) {
    if (value.GetDescriptor() == chokepoint::v1::Alternative::descriptor()) return;
    const auto* field = value.GetDescriptor()->FindFieldByName("source");
    ++counts[value.GetReflection()->GetString(value, field)];
  });
  return counts;
}

}  // namespace chokepoint
