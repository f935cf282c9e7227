// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/FieldCatalogue.h"
#include "event/Json.h"
#include "filter/Expression.h"

#include <optional>
#include <span>
#include <string_view>

namespace octotrail::filter {

/// A path of an event that leads into the profile of whom it speaks: actor.profile.department, by actor.id;
/// device.profile.platform, by device.id; target.profile.title, by any target's id, and target[profile.title eq ...] by
/// that of the one target.
///
/// Behind "profile" follows an attribute of the profile, or else what Okta tells beside it: id, status, created,
/// activated, statusChanged, lastLogin, lastUpdated, passwordChanged, type, realmId.
///
/// annotation.bookmarked, annotation.tag and annotation.note, by the event's own uuid, lead to what analysts have noted
/// of the event itself.
struct ProfilePath
{
    enum class Of { Actor, Target, Device, Event };
    Of of = Of::Actor;
    event::FieldPath path; ///< in the JSON of the user or device
    /// The field that holds the id, of all but Target.
    event::FieldId idField() const;
};

/// nullopt for a path that leads to no profile.
std::optional<ProfilePath> profilePath(const event::FieldPath &path);
/// The same for a path that starts at a target.
std::optional<ProfilePath> profilePathOfTarget(const event::FieldPath &path);

/// Whether the expression asks anything of profiles, or of annotations.
bool usesProfiles(const Expression &expression);
/// Whether it asks anything of annotations.
bool usesAnnotations(const Expression &expression);

/// Paths to propose, with a word on each.
struct ProfileField
{
    std::string_view path; ///< behind actor.profile.
    std::string_view caption;
    bool ofDevice = false;
    event::FieldType type = event::FieldType::Text; ///< of what Okta writes there; it is compared as text
};
std::span<const ProfileField> profileFields();

struct AnnotationField
{
    std::string_view path;
    std::string_view caption;
    event::FieldType type = event::FieldType::Text;
};
/// The paths of annotations, with a word on each.
std::span<const AnnotationField> annotationFields();

} // namespace octotrail::filter
