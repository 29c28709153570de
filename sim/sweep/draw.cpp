#include "sim/sweep/draw.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/random.hpp"
#include "sim/scenario/assign.hpp"
#include "sim/scenario/path.hpp"

namespace chokepoint {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// Inside the range: the tails beyond it are nobody's claim.
double cut_off_normal(std::uint64_t seed, const std::string& stream) {
  RandomStream random(seed, stream);
  for (;;) {
    const double z = random.normal();
    if (std::abs(z) <= kNormal95) return z;
  }
}

/// Draws every figure below a message.
class Drawer {
public:
  Drawer(std::uint64_t seed, int draw)
      : seed_(seed), stream_("draw/" + std::to_string(draw) + "/") {}

  void draw_below(Message& message, const std::string& path, const double* shared) {
    const auto* type = message.GetDescriptor();
    if (type == pb::Sourced::descriptor()) {
      draw_figure(dynamic_cast<pb::Sourced&>(message), path, shared);
      return;
    }
    double z = 0.0;
    if (type == pb::Curve::descriptor() || type == pb::Yield::descriptor()) {
      z = cut_off_normal(seed_, stream_ + path);
      shared = &z;
    }
    for (int i = 0; i < type->field_count(); ++i)
      draw_field(message, *type->field(i), path, shared);
  }

private:
  void draw_field(Message& message, const FieldDescriptor& field, const std::string& path,
                  const double* shared) {
    if (field.message_type() == nullptr || is_left_alone(field)) return;
    const auto* reflection = message.GetReflection();
    const std::string below = join_path(path, field.name());
    // How a curve goes on after what is known is another question than how high it is.
    const bool is_growth = field.name() == "growth_per_year";
    if (is_growth) shared = nullptr;
    if (!field.is_repeated()) {
      if (!reflection->HasField(message, &field)) return;
      draw_below(*reflection->MutableMessage(&message, &field), below, shared);
      return;
    }
    for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
      Message& element = *reflection->MutableRepeatedMessage(&message, &field, i);
      draw_below(element, element_path(below, key_of(message, field, i)), shared);
    }
  }

  static bool is_left_alone(const FieldDescriptor& field) {
    return field.message_type() == pb::ObservationSeries::descriptor() ||
           field.message_type() == pb::Source::descriptor();
  }

  void draw_figure(pb::Sourced& figure, const std::string& path, const double* shared) const {
    if (!figure.has_low() || !figure.has_high()) return;
    const double z = shared != nullptr ? *shared : cut_off_normal(seed_, stream_ + path);
    figure.set_value(value_at(figure, z));
  }

  std::uint64_t seed_;
  std::string stream_;
};

/// Gives `places` the shape of a message, which assign() walks along; where things were written
/// nobody asks of a draw.
void add_places(const Message& message, Places& places) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int values = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < values; ++i) {
      Places& place = places.inside.emplace_back();
      place.field = field;
      if (field->message_type() == nullptr) continue;
      add_places(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                      : reflection->GetMessage(message, field),
                 place);
    }
  }
}

void take_world(Composed& composed, std::uint64_t seed, int draw, Diagnostics& found) {
  const auto& worlds = composed.scenario.alternative_worlds();
  double sum = 0.0;
  for (const auto& world : worlds) sum += world.weight();
  if (sum <= 0.0) return;
  RandomStream random(seed, "world/" + std::to_string(draw));
  double left = random.uniform() * sum;
  int taken = 0;
  while (taken + 1 < worlds.size() && left >= worlds[taken].weight()) {
    left -= worlds[taken++].weight();
  }
  const pb::AlternativeWorld world = worlds[taken];
  const SourceLocation where{"alternative_worlds[" + world.name() + "]", 0, 0};
  Places places;
  add_places(composed.scenario, places);
  for (const auto& set : world.set()) {
    assign({composed.scenario, places}, {set.path(), set.value()}, {where, where, true}, found);
  }
}

}  // namespace

double value_at(const pb::Sourced& figure, double z) {
  const double end = z > 0.0 ? figure.high() : figure.low();
  const double way = std::abs(z) / kNormal95;
  const bool by_powers = figure.shape() == pb::LOGNORMAL || figure.shape() == pb::SHAPE_UNSPECIFIED;
  if (by_powers && figure.low() > 0.0) {
    return figure.value() * std::pow(end / figure.value(), way);
  }
  return figure.value() + way * (end - figure.value());
}

Composed drawn(const Composed& composed, std::uint64_t seed, int draw, Diagnostics& found) {
  // Places of text are many, and a draw is not text.
  Composed result{composed.scenario, {}, composed.base, {}};
  if (draw == 0) return result;
  take_world(result, seed, draw, found);
  Drawer(seed, draw).draw_below(result.scenario, "", nullptr);
  return result;
}

}  // namespace chokepoint
