#include "sim/scenario/reading/read_sourced.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(Confidence::Official) == pb::OFFICIAL - 1);
static_assert(static_cast<int>(Confidence::Memory) == pb::MEMORY - 1);

// The number in `part` of the figure at `at`; reports one that its unit cannot have.
std::optional<double> read_part(const Cursor& at, const std::string& name, const std::string& part,
                                double value, const Unit& unit) {
  const std::string wrong = complaint(unit, value);
  if (wrong.empty()) return value;
  at.error(part, concat(name, " is ", value, ", ", wrong), help_for(unit, value));
  return std::nullopt;
}

std::optional<SourceId> read_source(const Reading& reading, const Cursor& at,
                                    const std::string& name, const std::string& written) {
  if (!written.empty()) return reading.sources.resolve(at, "source", written);
  at.error("source", concat(name, " has no source"),
           "say where it comes from; a changed figure has a source of its own");
  return std::nullopt;
}

std::optional<Confidence> read_confidence(const Cursor& at, const std::string& name,
                                          pb::Confidence written) {
  if (written != pb::CONFIDENCE_UNSPECIFIED) return read_enum<Confidence>(at, "confidence");
  at.error("confidence", concat(name, " has no confidence"),
           "say how well it is known: OFFICIAL, REPORTED, ESTIMATED or MEMORY");
  return std::nullopt;
}

// Whether the range of `in` is whole and holds its value.
bool check_range(const Cursor& at, const std::string& name, const pb::Sourced& in,
                 const Unit& unit) {
  if (in.has_low() != in.has_high()) {
    at.error(in.has_low() ? "low" : "high",
             concat(name, " has ", in.has_low() ? "low without high" : "high without low"),
             "give both ends of the range, or neither");
    return false;
  }
  if (!in.has_low()) return true;
  const bool low_fits = read_part(at, concat("low of ", name), "low", in.low(), unit).has_value();
  const bool high_fits =
      read_part(at, concat("high of ", name), "high", in.high(), unit).has_value();
  if (!low_fits || !high_fits) return false;
  if (in.low() <= in.value() && in.value() <= in.high()) return true;
  at.error("low",
           concat(name, " is ", in.value(), ", outside its range ", in.low(), " to ", in.high()),
           "low <= value <= high must hold");
  return false;
}

void check_alternatives(const Reading& reading, const Cursor& at, const std::string& name,
                        const pb::Sourced& in, const Unit& unit) {
  for (int i = 0; i < in.alternatives_size(); ++i) {
    const Cursor alternative = at.child("alternatives", i);
    if (!in.alternatives(i).has_value()) {
      alternative.error("value", concat("an alternative of ", name, " has no value"), "");
    } else {
      read_part(alternative, concat("an alternative of ", name), "value",
                in.alternatives(i).value(), unit);
    }
    check_provenance(reading, alternative, in.alternatives(i).source());
  }
}

void check_text(const Reading& reading, const Cursor& at) {
  const auto& in = as<pb::SourcedText>(at);
  require_text(at, "text", in.text());
  check_provenance(reading, at, in.source());
}

}  // namespace

std::optional<Sourced<double>> read_base_figure(Reading& reading, const Cursor& at,
                                                const std::string& field, const Unit& unit) {
  if (!is_written(at, field)) return std::nullopt;
  const Cursor figure = at.child(field);
  const auto& in = as<pb::Sourced>(figure);
  const auto source = read_source(reading, figure, field, in.source());
  const auto confidence = read_confidence(figure, field, in.confidence());
  read_enum_number(figure, "shape", false);
  check_alternatives(reading, figure, field, in, unit);
  if (!in.has_value()) {
    figure.error("value", concat(field, " has no value"), "a figure that is not known is left out");
    return std::nullopt;
  }
  const bool fits = read_part(figure, field, "value", in.value(), unit).has_value();
  if (!fits || !check_range(figure, field, in, unit) || !source || !confidence) {
    return std::nullopt;
  }
  const double value = reading.stand_ins ? value_of(in, *reading.stand_ins) : in.value();
  if (value != in.value() && !read_part(figure, field, "value", value, unit)) return std::nullopt;

  Input input{at.path_of(field), value, {}, {}, *confidence, *source};
  if (in.has_low()) {
    input.low = in.low();
    input.high = in.high();
  }
  const InputId id{static_cast<std::uint32_t>(reading.world.inputs.size())};
  reading.world.inputs.push_back(std::move(input));
  return Sourced<double>{value * unit.in_base_units, id};
}

void report_missing_figure(const Cursor& at, const std::string& field) {
  if (is_written(at, field)) return;  // What is wrong with it has been said.
  at.error(field, concat(field, " is missing"),
           concat("write ", field, " { value: ... source: \"...\" confidence: ... }"));
}

void list_figures(Reading& reading, const Cursor& at, std::initializer_list<ListedFigure> figures) {
  for (const auto& figure : figures) read_base_figure(reading, at, figure.field, figure.unit);
}

void check_texts(const Reading& reading, const Cursor& at) {
  const auto& message = at.message();
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    if (field->message_type() != pb::SourcedText::descriptor()) continue;
    if (!field->is_repeated()) {
      if (message.GetReflection()->HasField(message, field)) {
        check_text(reading, at.child(field->name()));
      }
      continue;
    }
    for (int k = 0; k < message.GetReflection()->FieldSize(message, field); ++k) {
      check_text(reading, at.child(field->name(), k));
    }
  }
}

void check_provenance(const Reading& reading, const Cursor& at, const std::string& source) {
  reading.sources.resolve(at, "source", source);
  read_enum_number(at, "confidence", true);
}

}  // namespace chokepoint
