#include "sim/sweep/draw.hpp"

#include <cmath>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "chokepoint/v1/options.pb.h"
#include "models/calendar.hpp"
#include "models/random.hpp"
#include "sim/scenario/compose/edits.hpp"
#include "sim/scenario/compose/explain.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/sweep/draw_design.hpp"
#include "sim/sweep/drawn_inputs.hpp"

namespace chokepoint {

namespace {

/// Inside the range: the tails beyond it are nobody's claim.
double cut_off_normal(std::uint64_t seed, const std::string& stream) {
  RandomStream random(seed, stream);
  for (;;) {
    const double z = random.normal();
    if (std::abs(z) <= kNormal95) return z;
  }
}

std::string start_of_stream(int number) {
  return "draw/" + std::to_string(number) + "/";
}

bool is_left_alone(const FieldDescriptor& field) {
  return field.message_type() == pb::ObservationSeries::descriptor() ||
         field.message_type() == pb::Source::descriptor();
}

const std::string& name_in_streams(const FieldDescriptor& field) {
  const std::string& name = field.options().GetExtension(pb::drawn_as);
  return name.empty() ? field.name() : name;
}

/// Adds every type of message that a field of `type` or below may hold.
void add_types_below(const Descriptor* type, std::unordered_set<const Descriptor*>& types) {
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    if (field.message_type() == nullptr || is_left_alone(field)) continue;
    if (types.insert(field.message_type()).second) add_types_below(field.message_type(), types);
  }
}

/// Where figures may be: the way through all else is spared.
class Bearers {
public:
  bool bears(const Descriptor* type) {
    const auto [known, is_new] = known_.emplace(type, false);
    if (is_new) {
      std::unordered_set<const Descriptor*> below = {type};
      add_types_below(type, below);
      known->second = below.count(pb::Sourced::descriptor()) > 0;
    }
    return known->second;
  }

private:
  std::unordered_map<const Descriptor*, bool> known_;
};

/// Draws every figure below a message.
class Drawer {
public:
  /// Tells `inputs`, where it is not null, what it took. `designed` must outlive this.
  Drawer(std::uint64_t seed, const DesignedDraw& designed, StandIns& drawn,
         std::map<std::string, double>* inputs = nullptr)
      : seed_(seed),
        designed_(designed),
        stream_(start_of_stream(designed.number)),
        path_start_(stream_.size()),
        drawn_(drawn),
        inputs_(inputs) {}

  void draw_below(const Message& message, const double* shared) {
    const auto* type = message.GetDescriptor();
    if (type == pb::Sourced::descriptor()) {
      draw_figure(dynamic_cast<const pb::Sourced&>(message), shared);
      return;
    }
    double z = 0.0;
    const bool is_one = type == pb::Curve::descriptor() || type == pb::Yield::descriptor();
    if (is_one) {
      z = quantile_here();
      shared = &z;
    }
    const std::size_t before = drawn_.size();
    for (int i = 0; i < type->field_count(); ++i) draw_field(message, *type->field(i), shared);
    if (is_one && drawn_.size() > before) tell(z);
  }

private:
  void draw_field(const Message& message, const FieldDescriptor& field, const double* shared) {
    if (field.message_type() == nullptr || is_left_alone(field)) return;
    if (!bearers_.bears(field.message_type())) return;
    const auto* reflection = message.GetReflection();
    // How a curve goes on after what is known is another question than how high it is.
    const bool is_growth = field.name() == "growth_per_year";
    if (is_growth) shared = nullptr;
    const std::size_t above = stream_.size();
    if (above > path_start_) stream_ += '.';
    stream_ += name_in_streams(field);
    if (!field.is_repeated()) {
      if (reflection->HasField(message, &field)) {
        draw_below(reflection->GetMessage(message, &field), shared);
      }
    } else {
      draw_elements(message, field, shared);
    }
    stream_.resize(above);
  }

  void draw_elements(const Message& message, const FieldDescriptor& field, const double* shared) {
    const auto* reflection = message.GetReflection();
    const std::size_t list = stream_.size();
    for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
      stream_.append("[").append(key_of(message, field, i)).append("]");
      draw_below(reflection->GetRepeatedMessage(message, &field, i), shared);
      stream_.resize(list);
    }
  }

  void draw_figure(const pb::Sourced& figure, const double* shared) {
    if (!figure.has_low() || !figure.has_high()) return;
    const double z = shared != nullptr ? *shared : quantile_here();
    drawn_.emplace(&figure, value_at(figure, z));
    if (shared == nullptr) tell(z);
  }

  /// Of what has a stream of its own: as the design says, else inside the range at random.
  double quantile_here() const {
    if (designed_.groups.empty()) return cut_off_normal(seed_, stream_);
    const std::string path = stream_.substr(path_start_);
    const auto given = designed_.quantiles.find(path);
    if (given != designed_.quantiles.end()) return given->second;
    for (const auto& [group, number] : designed_.groups) {
      if (lies_in(path, group)) return cut_off_normal(seed_, start_of_stream(number) + path);
    }
    return cut_off_normal(seed_, stream_);
  }

  void tell(double z) {
    if (inputs_ != nullptr) inputs_->emplace(stream_.substr(path_start_), z);
  }

  std::uint64_t seed_;
  const DesignedDraw& designed_;
  std::string stream_;  // Of the place that is looked at: the draw, and the path of the place.
  std::size_t path_start_;
  StandIns& drawn_;
  std::map<std::string, double>* inputs_;
  Bearers bearers_;
};

SourceLocation place_of(const pb::AlternativeWorld& world) {
  return {"alternative_worlds[" + world.name() + "]", 0, 0};
}

// Those that were public on the day on which the scenario stands.
std::vector<const pb::AlternativeWorld*> known_worlds(const pb::Scenario& scenario,
                                                      Diagnostics& found) {
  std::vector<const pb::AlternativeWorld*> known;
  for (const auto& world : scenario.alternative_worlds()) {
    const auto public_on = parse_date(world.known_on());
    if (!public_on && !world.known_on().empty()) {
      found.error(place_of(world), "known_on " + world.known_on() + " is no date",
                  "write YYYY-MM-DD");
    }
    const auto as_of = parse_date(scenario.as_of());
    if (!public_on || !as_of || *public_on <= *as_of) known.push_back(&world);
  }
  return known;
}

/// The one that a draw takes, by their weights; null where there is none.
const pb::AlternativeWorld* world_taken(const std::vector<const pb::AlternativeWorld*>& worlds,
                                        std::uint64_t seed, const DesignedDraw& designed) {
  double sum = 0.0;
  for (const auto* world : worlds) sum += world->weight();
  if (sum <= 0.0) return nullptr;
  RandomStream random(seed, "world/" + std::to_string(designed.number));
  double left = designed.world.value_or(random.uniform()) * sum;
  std::size_t taken = 0;
  while (taken + 1 < worlds.size() && left >= worlds[taken]->weight()) {
    left -= worlds[taken++]->weight();
  }
  return worlds[taken];
}

void take_world(pb::Scenario& scenario, std::uint64_t seed, const DesignedDraw& designed,
                Diagnostics& found) {
  const auto* taken = world_taken(known_worlds(scenario, found), seed, designed);
  if (taken == nullptr) return;
  const pb::AlternativeWorld world = *taken;
  const SourceLocation where = place_of(world);
  Places unknown;  // Nobody asks where a draw was written.
  for (const auto& set : world.set()) {
    assign({scenario, unknown}, {set.path(), set.value()}, {where, where, true}, found);
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

StandIns draw_in(pb::Scenario& scenario, std::uint64_t seed, int draw, Diagnostics& found) {
  StandIns drawn;
  if (draw == 0) return drawn;
  const DesignedDraw designed = designed_draw(scenario, seed, draw);
  take_world(scenario, seed, designed, found);
  Drawer(seed, designed, drawn).draw_below(scenario, nullptr);
  take_outlooks(scenario, seed, designed.number, drawn);
  return drawn;
}

std::map<std::string, double> drawn_inputs(const pb::Scenario& scenario, std::uint64_t seed,
                                           int draw) {
  std::map<std::string, double> inputs;
  if (draw == 0) return inputs;
  pb::Scenario drawn = scenario;
  Diagnostics found;
  const DesignedDraw designed = designed_draw(scenario, seed, draw);
  const auto worlds = known_worlds(scenario, found);
  const auto* taken = world_taken(worlds, seed, designed);
  for (const auto* world : worlds) {
    if (worlds.size() < 2) break;
    inputs[std::string(kWorldInput) + "[" + world->name() + "]"] = world == taken ? 1.0 : 0.0;
  }
  take_world(drawn, seed, designed, found);
  StandIns values;
  Drawer(seed, designed, values, &inputs).draw_below(drawn, nullptr);
  return inputs;
}

void write_draw(pb::Scenario& scenario, std::uint64_t seed, int draw, Diagnostics& found) {
  // The figures are the scenario's own, which may be changed here.
  for (const auto& [figure, value] : draw_in(scenario, seed, draw, found)) {
    const_cast<pb::Sourced*>(figure)->set_value(value);
  }
}

}  // namespace chokepoint
