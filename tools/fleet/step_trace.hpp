#pragma once

#include <filesystem>
#include <variant>

#include "models/training/step/played_step.hpp"
#include "tools/fleet/gang_scene.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// The scene of one step of `subject`, which lasts `step`. Nothing, with a complaint, where no
/// server of the catalogue has the device.
std::variant<RunScene, Misunderstanding> scene_of_step(const TrainingSubject& subject, Seconds step,
                                                       const std::filesystem::path& root);

/// The facts of a step in the order of time, ends before what begins then; the end of the run last.
std::vector<TraceEvent> step_events(const TrainingPlan& plan, const PlayedStep& step);

/// Where the time of each rank of the pipeline goes.
Table step_table(const PlayedStep& step);

/// Writes a step into `folder`: its trace, tables/ranks.csv and the record. Throws
/// std::runtime_error, naming the file, where one cannot be written.
void write_played_step(const std::filesystem::path& folder, const RunScene& scene,
                       const TrainingPlan& plan, const PlayedStep& step);

}  // namespace chokepoint
