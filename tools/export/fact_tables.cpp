#include "tools/export/fact_tables.hpp"

#include <array>
#include <cassert>
#include <utility>

#include "tools/console/fact_line.hpp"

namespace chokepoint {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::uint64_t kNanosecondsOfSecond = 1'000'000'000ULL;

// Fields whose names leave out what they count; the schema's comments say it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kColumnNames = {{
    {"units", "packages"},
    {"ordered", "ordered_packages"},
    {"delivered", "delivered_packages"},
    {"refused", "refused_packages"},
    {"outstanding", "outstanding_packages"},
    {"bought", "bought_packages"},
    {"not_there", "not_there_packages"},
    {"left", "left_packages"},
    {"wanted", "wanted_packages"},
    {"operations", "operations_flop"},
}};

std::string column_name(const std::string& field) {
  for (const auto& [in_schema, in_table] : kColumnNames) {
    if (field == in_schema) return std::string(in_table);
  }
  return field;
}

ExportType type_of(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return ExportType::Real;
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return ExportType::Whole;
    case FieldDescriptor::CPPTYPE_BOOL:
      return ExportType::YesNo;
    default:
      return ExportType::Text;
  }
}

/// Kinds of facts in the schema's order, each at the number of its table.
const std::vector<const FieldDescriptor*>& kinds() {
  static const std::vector<const FieldDescriptor*> all = [] {
    std::vector<const FieldDescriptor*> found;
    const auto& fact = *pb::Fact::descriptor();
    for (int i = 0; i < fact.field_count(); ++i) found.push_back(fact.field(i));
    return found;
  }();
  return all;
}

/// Tables by the numbers of their fields in the schema; -1: no such kind.
const std::vector<int>& table_of_case() {
  static const std::vector<int> tables = [] {
    std::vector<int> found;
    for (std::size_t i = 0; i < kinds().size(); ++i) {
      const auto number = static_cast<std::size_t>(kinds()[i]->number());
      if (found.size() <= number) found.resize(number + 1, -1);
      found[number] = static_cast<int>(i);
    }
    return found;
  }();
  return tables;
}

ExportValue value_of(const Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  if (field.has_presence() && !reflection.HasField(message, &field)) return {};
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string unused;
      const std::string& text = reflection.GetStringReference(message, &field, &unused);
      assert(&text != &unused);
      return text.empty() ? ExportValue() : std::string_view(text);
    }
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection.GetDouble(message, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::int64_t{reflection.GetUInt32(message, &field)};
    case FieldDescriptor::CPPTYPE_UINT64:
      return static_cast<std::int64_t>(reflection.GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = reflection.GetEnumValue(message, &field);
      const auto* value = field.enum_type()->FindValueByNumber(number);
      if (value == nullptr || number == 0) return {};
      return std::string_view(value->name());
    }
    default:
      return {};  // Facts have no fields of other types.
  }
}

}  // namespace

const std::vector<ExportTable>& fact_tables() {
  static const std::vector<ExportTable> tables = [] {
    std::vector<ExportTable> made;
    for (const FieldDescriptor* kind : kinds()) {
      ExportTable& table = made.emplace_back();
      table.name = kind->name();
      table.columns = {{"fact", ExportType::Whole},
                       {"time", ExportType::Text},
                       {"time_ns", ExportType::Whole},
                       {"track", ExportType::Whole}};
      const auto& message = *kind->message_type();
      for (int i = 0; i < message.field_count(); ++i) {
        table.columns.push_back(
            {column_name(message.field(i)->name()), type_of(*message.field(i))});
      }
    }
    return made;
  }();
  return tables;
}

std::optional<FactRows::Row> FactRows::row(const TimedFact& timed, std::uint64_t fact,
                                           std::uint64_t track) {
  const auto number = static_cast<std::size_t>(timed.fact.fact_case());
  if (number == 0 || number >= table_of_case().size() || table_of_case()[number] < 0) {
    return std::nullopt;
  }
  const auto table = static_cast<std::size_t>(table_of_case()[number]);
  const Message& message = timed.fact.GetReflection()->GetMessage(timed.fact, kinds()[table]);
  values_.clear();
  values_.push_back(static_cast<std::int64_t>(fact));
  values_.push_back(time_text(timed.time_ns));
  values_.push_back(static_cast<std::int64_t>(timed.time_ns));
  values_.push_back(static_cast<std::int64_t>(track));
  const auto& fields = *message.GetDescriptor();
  for (int i = 0; i < fields.field_count(); ++i) {
    values_.push_back(value_of(message, *fields.field(i)));
  }
  return Row{table, values_};
}

/// Most facts are of the second of the one before.
std::string_view FactRows::time_text(std::uint64_t time_ns) {
  const std::uint64_t second = time_ns / kNanosecondsOfSecond;
  if (second_ != second) {
    second_ = second;
    time_ = moment(epoch_, time_ns);
  }
  return time_;
}

}  // namespace chokepoint
