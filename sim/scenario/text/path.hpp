#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

// What paths lead through.
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// One segment of a path: "pools[h20]" has field "pools" and key "h20".
struct PathSegment {
  std::string field;
  std::optional<std::string> key;
};

/// Segments of a path such as "sites[guian].pools[h20].node"; nothing where it is malformed: an
/// empty segment, a bracket that is not closed, or text behind one. A key may hold anything but
/// ']'.
std::optional<std::vector<PathSegment>> parse_path(const std::string& path);

/// The number that `text` is, in decimal digits; nothing where it is none.
std::optional<int> parse_index(const std::string& text);

/// The field of `type` called `name`; null where it has none. As FindFieldByName(), which takes
/// five times as long: each field is looked for thousands of times.
const FieldDescriptor* field_named(const Descriptor& type, std::string_view name);

/// True for a repeated message field whose elements are keyed by their `name`.
bool is_keyed(const FieldDescriptor& field);

/// Key of element `i` of a repeated field: the element's name, or its index where it has none.
std::string key_of(const Message& parent, const FieldDescriptor& field, int i);

/// Name of element `i` of a keyed field; may be empty.
std::string name_of(const Message& parent, const FieldDescriptor& field, int i);

/// Index of the element of a repeated field that has `key`; nothing where none has.
std::optional<int> index_of(const Message& parent, const FieldDescriptor& field,
                            const std::string& key);

/// Keys of all elements of a repeated field.
std::vector<std::string> keys_of(const Message& parent, const FieldDescriptor& field);

/// Takes element `i` out of a repeated field; those behind it move up.
void remove_element_at(Message& parent, const FieldDescriptor& field, int i);

/// The message that `path` names in `root`, such as "choice.sensitivity"; null where it names none
/// that is written.
const Message* find_message(const Message& root, const std::string& path);

/// `parent`.`field`, where either may be empty.
std::string join_path(const std::string& parent, const std::string& field);

/// `list`[`key`].
std::string element_path(const std::string& list, const std::string& key);

/// Path of the message around `path`: "sites[guian].pue" of "sites[guian].pue.value"; empty at the
/// top.
std::string parent_path(const std::string& path);

/// Help for a field that a message type lacks: what was perhaps meant, or what there is.
std::string help_for_unknown_field(const Descriptor& type, const std::string& name);

/// What people call one message of a type: "training job" of TrainingJob.
std::string kind_of(const Descriptor& type);

}  // namespace chokepoint
