#include "sim/study/causes/first_effect.hpp"

#include <google/protobuf/util/message_differencer.h>
#include <algorithm>
#include <cmath>
#include <set>

#include "models/curve.hpp"
#include "sim/scenario/text/path.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

namespace {

using google::protobuf::Reflection;

// Says what people read and nothing reckons with.
bool is_remark(const FieldDescriptor& field) {
  static const std::set<std::string> remarks = {"name",  "question", "note",   "display",
                                                "title", "citation", "source", "confidence"};
  return remarks.count(field.name()) > 0;
}

void take_earlier(std::optional<Date>& day, std::optional<Date> other) {
  if (other && (!day || *other < *day)) day = other;
}

// The earliest date in `message` and all that is inside. Who needs a cluster by a day orders before
// it.
std::optional<Date> earliest_date(const Message& message) {
  if (message.GetDescriptor() == pb::TrainingProgramme::descriptor()) {
    const auto& programme = static_cast<const pb::TrainingProgramme&>(message);
    const auto by = parse_date(programme.by());
    const int lead = static_cast<int>(std::ceil(programme.lead_months().value()));
    return by ? std::optional(add_months(*by, -lead)) : std::nullopt;
  }
  const Reflection& of = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  of.ListFields(message, &fields);
  std::optional<Date> day;
  for (const FieldDescriptor* field : fields) {
    if (is_remark(*field)) continue;
    const int count = field->is_repeated() ? of.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->message_type() != nullptr) {
        take_earlier(day,
                     earliest_date(field->is_repeated() ? of.GetRepeatedMessage(message, field, i)
                                                        : of.GetMessage(message, field)));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        take_earlier(day, parse_date(field->is_repeated() ? of.GetRepeatedString(message, field, i)
                                                          : of.GetString(message, field)));
      }
    }
  }
  return day;
}

std::vector<CurvePoint> points_of(const google::protobuf::RepeatedPtrField<pb::CurvePoint>& in) {
  std::vector<CurvePoint> out;
  for (const pb::CurvePoint& point : in) {
    out.push_back({parse_date(point.on()).value_or(Date{}), {point.value().value(), {}}});
  }
  return out;
}

Curve curve_of(const pb::Curve& in) {
  Curve out;
  out.shape = static_cast<CurveShape>(std::max(0, static_cast<int>(in.shape()) - 1));
  out.points = points_of(in.points());
  out.growth_per_year.value = in.growth_per_year().value();
  if (in.has_ceiling()) out.ceiling = in.ceiling();
  out.factors = points_of(in.factors());
  return out;
}

// The first day of a run on which two curves say something else, one by one.
std::optional<Date> first_difference(const pb::Curve& before, const pb::Curve& after, Date first,
                                     Date end) {
  const Curve a = curve_of(before), b = curve_of(after);
  for (Date day = first; day < end; day += std::chrono::days{1}) {
    if (value_on(a, day) != value_on(b, day)) return day;
  }
  return std::nullopt;
}

class Comparing {
public:
  Comparing(const pb::Scenario& before, const pb::Scenario& after)
      : first_(parse_date(before.start()).value_or(Date{})),
        end_(std::max(parse_date(before.end()).value_or(Date{}),
                      parse_date(after.end()).value_or(Date{}))) {}

  void compare(const Message& before, const Message& after, const std::string& path);
  FirstEffect take() { return std::move(found_); }

private:
  void compare_field(const Message& before, const Message& after, const FieldDescriptor& field,
                     const std::string& path);
  void compare_keyed(const Message& before, const Message& after, const FieldDescriptor& field,
                     const std::string& path);
  void note(std::optional<Date> day, const std::string& path);

  Date first_, end_;
  FirstEffect found_;
};

void Comparing::note(std::optional<Date> day, const std::string& path) {
  if (day) {
    take_earlier(found_.day, day);
  } else {
    found_.undated.push_back(path);
  }
}

void Comparing::compare(const Message& before, const Message& after, const std::string& path) {
  if (google::protobuf::util::MessageDifferencer::Equals(before, after)) return;
  if (before.GetDescriptor() == pb::Curve::descriptor()) {
    const auto day = first_difference(static_cast<const pb::Curve&>(before),
                                      static_cast<const pb::Curve&>(after), first_, end_);
    take_earlier(found_.day, day);
    return;
  }
  const Descriptor& type = *before.GetDescriptor();
  const bool is_law = type.FindFieldByName("announced") != nullptr;
  if (is_law) {
    std::optional<Date> day = earliest_date(before);
    take_earlier(day, earliest_date(after));
    return note(day, path);
  }
  for (int f = 0; f < type.field_count(); ++f) {
    const FieldDescriptor& field = *type.field(f);
    if (!is_remark(field)) {
      compare_field(before, after, field, join_path(path, field.name()));
    }
  }
}

void Comparing::compare_field(const Message& before, const Message& after,
                              const FieldDescriptor& field, const std::string& path) {
  const Reflection& a = *before.GetReflection();
  const Reflection& b = *after.GetReflection();
  if (is_keyed(field)) return compare_keyed(before, after, field, path);
  if (!field.is_repeated() && field.message_type() != nullptr) {
    if (a.HasField(before, &field) && b.HasField(after, &field)) {
      return compare(a.GetMessage(before, &field), b.GetMessage(after, &field), path);
    }
  }
  google::protobuf::util::MessageDifferencer differencer;
  const bool differs = !differencer.CompareWithFields(before, after, {&field}, {&field});
  if (!differs) return;
  std::optional<Date> day;
  if (!field.is_repeated() && field.message_type() != nullptr) {
    const Message& only =
        a.HasField(before, &field) ? a.GetMessage(before, &field) : b.GetMessage(after, &field);
    day = earliest_date(only);
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && !field.is_repeated()) {
    day = parse_date(a.GetString(before, &field));
    take_earlier(day, parse_date(b.GetString(after, &field)));
  }
  note(day, path);
}

void Comparing::compare_keyed(const Message& before, const Message& after,
                              const FieldDescriptor& field, const std::string& path) {
  const auto only_in = [&](const Message& one, const Message& other) {
    for (const std::string& key : keys_of(one, field)) {
      if (index_of(other, field, key)) continue;
      const int i = *index_of(one, field, key);
      note(earliest_date(one.GetReflection()->GetRepeatedMessage(one, &field, i)),
           element_path(path, key));
    }
  };
  only_in(before, after);
  only_in(after, before);
  for (const std::string& key : keys_of(before, field)) {
    const auto other = index_of(after, field, key);
    if (!other) continue;
    const int i = *index_of(before, field, key);
    compare(before.GetReflection()->GetRepeatedMessage(before, &field, i),
            after.GetReflection()->GetRepeatedMessage(after, &field, *other),
            element_path(path, key));
  }
}

}  // namespace

FirstEffect first_effect(const v1::Scenario& before, const v1::Scenario& after) {
  Comparing comparing(before, after);
  comparing.compare(before, after, "");
  return comparing.take();
}

}  // namespace chokepoint
