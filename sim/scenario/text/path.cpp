#include "sim/scenario/text/path.hpp"

#include <google/protobuf/reflection.h>

#include <cassert>
#include <charconv>
#include <functional>
#include <unordered_map>
#include <utility>

#include "chokepoint/v1/options.pb.h"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

// End of the segment that begins at `begin`: a dot outside brackets, or the end.
std::size_t segment_end(const std::string& path, std::size_t begin) {
  bool inside = false;
  for (std::size_t i = begin; i < path.size(); ++i) {
    if (path[i] == '[') inside = true;
    if (path[i] == ']') inside = false;
    if (path[i] == '.' && !inside) return i;
  }
  return path.size();
}

std::optional<PathSegment> parse_segment(const std::string& text) {
  const auto open = text.find('[');
  if (open == std::string::npos) {
    if (text.empty() || text.find(']') != std::string::npos) return std::nullopt;
    return PathSegment{text, std::nullopt};
  }
  const bool closed = text.find(']') == text.size() - 1;
  if (open == 0 || !closed || open + 2 == text.size()) return std::nullopt;
  return PathSegment{text.substr(0, open), text.substr(open + 1, text.size() - open - 2)};
}

using TypeAndName = std::pair<const Descriptor*, std::string_view>;

struct HashOfTypeAndName {
  std::size_t operator()(const TypeAndName& key) const {
    return std::hash<std::string_view>()(key.second) ^
           (std::hash<const Descriptor*>()(key.first) * 31);
  }
};

}  // namespace

const FieldDescriptor* field_named(const Descriptor& type, std::string_view name) {
  // No more than there are fields; their names live as long as the program.
  thread_local std::unordered_map<TypeAndName, const FieldDescriptor*, HashOfTypeAndName> known;
  const auto found = known.find({&type, name});
  if (found != known.end()) return found->second;
  const FieldDescriptor* field = type.FindFieldByName(std::string(name));
  if (field != nullptr) known.emplace(TypeAndName{&type, field->name()}, field);
  return field;
}

std::optional<std::vector<PathSegment>> parse_path(const std::string& path) {
  std::vector<PathSegment> segments;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = segment_end(path, begin);
    auto segment = parse_segment(path.substr(begin, end - begin));
    if (!segment) return std::nullopt;
    segments.push_back(std::move(*segment));
    begin = end + 1;
  }
  return segments;
}

std::optional<int> parse_index(const std::string& text) {
  int index = 0;
  const auto* end = text.data() + text.size();
  const auto [last, failed] = std::from_chars(text.data(), end, index);
  return failed == std::errc() && last == end && index >= 0 ? std::optional(index) : std::nullopt;
}

bool is_keyed(const FieldDescriptor& field) {
  if (!field.is_repeated() || field.message_type() == nullptr) return false;
  const auto* name = field_named(*field.message_type(), "name");
  return name != nullptr && name->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
}

std::string name_of(const Message& parent, const FieldDescriptor& field, int i) {
  assert(is_keyed(field));
  const Message& element = parent.GetReflection()->GetRepeatedMessage(parent, &field, i);
  return element.GetReflection()->GetString(element, field_named(*field.message_type(), "name"));
}

std::string key_of(const Message& parent, const FieldDescriptor& field, int i) {
  std::string name = is_keyed(field) ? name_of(parent, field, i) : std::string();
  return name.empty() ? std::to_string(i) : name;
}

std::optional<int> index_of(const Message& parent, const FieldDescriptor& field,
                            const std::string& key) {
  const int size = parent.GetReflection()->FieldSize(parent, &field);
  if (!is_keyed(field)) {
    const auto index = parse_index(key);
    return index && *index < size ? index : std::nullopt;
  }
  const auto* name = field_named(*field.message_type(), "name");
  std::string scratch;
  for (int i = 0; i < size; ++i) {
    const Message& element = parent.GetReflection()->GetRepeatedMessage(parent, &field, i);
    const auto& written = element.GetReflection()->GetStringReference(element, name, &scratch);
    if (written.empty() ? std::to_string(i) == key : written == key) return i;
  }
  return std::nullopt;
}

std::vector<std::string> keys_of(const Message& parent, const FieldDescriptor& field) {
  std::vector<std::string> keys;
  const int size = parent.GetReflection()->FieldSize(parent, &field);
  keys.reserve(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) keys.push_back(key_of(parent, field, i));
  return keys;
}

void remove_element_at(Message& parent, const FieldDescriptor& field, int i) {
  const auto list = parent.GetReflection()->GetMutableRepeatedFieldRef<Message>(&parent, &field);
  for (const int last = list.size() - 1; i < last; ++i) list.SwapElements(i, i + 1);
  list.RemoveLast();
}

const Message* find_message(const Message& root, const std::string& path) {
  const auto segments = parse_path(path);
  if (!segments) return nullptr;
  const Message* message = &root;
  for (const PathSegment& segment : *segments) {
    const auto* field = message->GetDescriptor()->FindFieldByName(segment.field);
    if (field == nullptr || field->message_type() == nullptr) return nullptr;
    if (field->is_repeated() != segment.key.has_value()) return nullptr;
    const auto* reflection = message->GetReflection();
    if (!segment.key) {
      if (!reflection->HasField(*message, field)) return nullptr;
      message = &reflection->GetMessage(*message, field);
      continue;
    }
    const auto index = index_of(*message, *field, *segment.key);
    if (!index) return nullptr;
    message = &reflection->GetRepeatedMessage(*message, field, *index);
  }
  return message;
}

std::string join_path(const std::string& parent, const std::string& field) {
  return parent.empty() || field.empty() ? parent + field : parent + "." + field;
}

std::string element_path(const std::string& list, const std::string& key) {
  return concat(list, "[", key, "]");
}

std::string parent_path(const std::string& path) {
  std::size_t last = 0;
  for (std::size_t end = segment_end(path, 0); end < path.size();
       end = segment_end(path, end + 1)) {
    last = end;
  }
  return path.substr(0, last);
}

std::string help_for_unknown_field(const Descriptor& type, const std::string& name) {
  for (int i = 0; i < type.options().ExtensionSize(v1::given_up); ++i) {
    const std::string& given_up = type.options().GetExtension(v1::given_up, i);
    if (given_up.rfind(name + ": ", 0) == 0) {
      return concat("it was given up: ", given_up.substr(name.size() + 2));
    }
  }
  std::vector<std::string> fields;
  fields.reserve(static_cast<std::size_t>(type.field_count()));
  for (int i = 0; i < type.field_count(); ++i) fields.push_back(type.field(i)->name());
  return did_you_mean(name, fields, concat("its fields are ", listed(fields)));
}

std::string kind_of(const Descriptor& type) {
  std::string kind;
  for (const char c : type.name()) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !kind.empty()) kind += ' ';
    kind += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return kind;
}

}  // namespace chokepoint
