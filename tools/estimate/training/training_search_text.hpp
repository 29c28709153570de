#pragma once

#include "models/training/plan_search.hpp"
#include "tools/estimate/training/training_question.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// What a question seeks a plan for, its degrees left out; a batch of the usual tokens where it
/// says none.
TrainingTask task_of(const TrainingQuestion& question, const TrainingSubject& subject);

/// The question with one plan that can be laid out on its devices, to learn what it is about.
TrainingQuestion without_degrees(const TrainingQuestion& question);

/// Plans from the fastest on, each with devices that it leaves idle and what it loses most on
/// against the first.
Table search_table(const TrainingSubject& subject, const TrainingTask& task,
                   const TrainingSearch& found);

}  // namespace chokepoint
