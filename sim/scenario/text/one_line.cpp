#include "sim/scenario/text/one_line.hpp"

#include <google/protobuf/text_format.h>

namespace chokepoint {

namespace {

using google::protobuf::TextFormat;

const TextFormat::Printer& printer() {
  static const TextFormat::Printer* const shared = [] {
    auto* made = new TextFormat::Printer;  // Lives as long as the program.
    made->SetSingleLineMode(true);
    made->SetUseUtf8StringEscaping(true);
    return made;
  }();
  return *shared;
}

std::string value(const Message& message, const FieldDescriptor& field, int index) {
  const auto* reflection = message.GetReflection();
  std::string text;
  if (field.message_type() != nullptr) {
    const Message& inner = index < 0 ? reflection->GetMessage(message, &field)
                                     : reflection->GetRepeatedMessage(message, &field, index);
    const std::string fields = one_line(inner);
    return fields.empty() ? "{}" : "{ " + fields + " }";
  }
  printer().PrintFieldValueToString(message, &field, index, &text);
  return text;
}

}  // namespace

std::string one_line(const Message& message) {
  std::string text;
  printer().PrintToString(message, &text);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string one_line(const Message& message, const FieldDescriptor& field) {
  const auto* reflection = message.GetReflection();
  if (!field.is_repeated()) {
    return reflection->HasField(message, &field) ? value(message, field, -1) : "";
  }
  std::string list;
  for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
    list += (i == 0 ? "" : ", ") + value(message, field, i);
  }
  return list.empty() ? "" : "[" + list + "]";
}

}  // namespace chokepoint
