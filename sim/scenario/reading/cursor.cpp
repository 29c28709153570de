#include "sim/scenario/reading/cursor.hpp"

#include <cassert>

#include "sim/scenario/text/origins.hpp"

namespace chokepoint {

namespace {

const FieldDescriptor& field_of(const Message& message, const std::string& name) {
  const auto* field = field_named(*message.GetDescriptor(), name);
  assert(field != nullptr);
  return *field;
}

// Turns the indices of keyed elements in "pools[2].stocks[0]" into their names.
std::string with_names(const Message& message, const std::string& field) {
  if (field.find('[') == std::string::npos) return field;
  const auto segments = parse_path(field);
  assert(segments);
  const Message* parent = &message;
  std::string path;
  for (const auto& segment : *segments) {
    const auto& descriptor = field_of(*parent, segment.field);
    path = join_path(path, segment.field);
    const auto* reflection = parent->GetReflection();
    if (segment.key) {
      const int i = std::stoi(*segment.key);
      path = element_path(path, key_of(*parent, descriptor, i));
      if (descriptor.message_type() != nullptr) {
        parent = &reflection->GetRepeatedMessage(*parent, &descriptor, i);
      }
    } else if (descriptor.message_type() != nullptr && !descriptor.is_repeated()) {
      parent = &reflection->GetMessage(*parent, &descriptor);
    }
  }
  return path;
}

}  // namespace

Cursor::Cursor(const Composed& composed, Diagnostics& found)
    : composed_(&composed), message_(&composed.scenario), found_(&found) {}

Cursor::Cursor(const Cursor& parent, const Message& message, std::string path)
    : composed_(parent.composed_),
      message_(&message),
      path_(std::move(path)),
      found_(parent.found_) {}

Cursor Cursor::child(const std::string& field, int i) const {
  const auto& descriptor = field_of(*message_, field);
  assert(descriptor.is_repeated() && descriptor.message_type() != nullptr);
  const auto& element = message_->GetReflection()->GetRepeatedMessage(*message_, &descriptor, i);
  return {*this, element, element_path(join_path(path_, field), key_of(*message_, descriptor, i))};
}

std::vector<Cursor> Cursor::children(const std::string& field) const {
  std::vector<Cursor> elements;
  const int size = message_->GetReflection()->FieldSize(*message_, &field_of(*message_, field));
  elements.reserve(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) elements.push_back(child(field, i));
  return elements;
}

Cursor Cursor::child(const std::string& field) const {
  const auto& descriptor = field_of(*message_, field);
  assert(!descriptor.is_repeated() && descriptor.message_type() != nullptr);
  return {*this, message_->GetReflection()->GetMessage(*message_, &descriptor),
          join_path(path_, field)};
}

std::string Cursor::name() const {
  return message_->GetReflection()->GetString(*message_, &field_of(*message_, "name"));
}

std::string Cursor::path_of(const std::string& field) const {
  return join_path(path_, with_names(*message_, field));
}

void Cursor::error(const std::string& field, std::string message, std::string help) const {
  const auto where = origin_of(composed_->origins, path_of(field));
  found_->error(where, std::move(message), std::move(help));
}

}  // namespace chokepoint
